"""The two pictures."""

from varne.show.picture import exceedance_picture, options_picture


def test_the_pictures_show_every_option_that_applies(small):
    """Options that apply have a row and a curve; the numbers drawn are those of the answer."""
    applying = [one for one in small.answer.options if not one.why_not]
    rows = options_picture(small.answer).axes[0]
    assert [label.get_text() for label in rows.get_yticklabels()] == [one.name for one in applying]
    curves = exceedance_picture(small.answer).axes[0].lines
    assert len(curves) == len(applying)
    assert curves[0].get_ydata()[0] == applying[0].exceedance[0]


def test_each_curve_looks_different(small):
    """No two options share colour and line, so that a print in grey can be read."""
    looks = {(line.get_color(), line.get_linestyle()) for line in exceedance_picture(small.answer).axes[0].lines}
    assert len(looks) == len([one for one in small.answer.options if not one.why_not])
