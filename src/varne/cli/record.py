"""`varne record`: what was known, computed, shown and decided, in a log that any court can verify offline."""

import typer

from varne.cli import record_export, record_read, record_seen, record_write

app: typer.Typer = typer.Typer(
    no_args_is_help=True,
    help="Keep a record that anyone can check years later: what was known, computed, shown and decided, and when.",
)
app.command("init")(record_write.init)
app.command("append")(record_write.append)
app.command("show")(record_read.show)
app.command("checkpoint")(record_read.checkpoint)
app.command("timestamp")(record_seen.timestamp)
app.add_typer(record_seen.witness, name="witness")
app.command("prove")(record_read.prove)
app.command("verify")(record_read.verify)
app.command("redact")(record_write.redact)
app.command("rotate")(record_write.rotate)
app.command("export")(record_export.export)
app.command("replay")(record_export.replay)
