"""What the law asked, told from an encounter and its record: not legal advice, and no judgement."""
