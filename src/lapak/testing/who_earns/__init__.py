"""Who earns how much on which line, worked out from what people did and what was promised, without the rules in use.

A second opinion, written from docs/concepts/links-and-commission.md and in simple code: `Opinion.expect` says what a purchase
brings about before anything is known of it, `differences` what became of it since. What a browser knows of clicks is reckoned
in `browsers.py`, what a programme pays in `promises.py`, who shares a line in `sharing.py`, and where a commission stands in
`standing.py`. Nothing here imports the production's rules.
"""
