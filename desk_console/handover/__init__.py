"""The handover: a post passed on, checked, counted, read, said back and signed by both.

Where things are, in the order of a handover:

- `opening`: open a handover, come to it (`join`), refuse to take over, call it off, take the
  outgoing signature back.
- `looking`: tidying and the area. `counting`: items and their explanations. `reading`: the record,
  the summary, the remarks. `telling`: open matters, acknowledged and read back. `releasing`: a
  supervisor lets a blocking matter pass. `signing`: outgoing, witness, incoming.
- `closing`: signing off, also where a post closes before the next person comes. `relief`: relief
  that does not come. `reporting`: reports to those in charge. `adding`: notes beside a sealed one.
- `views`: `standing` (whose turn, which step, what is left), `sheet` (what is signed). `book`: all
  handovers, each as it was signed.
- `sheet` is the one value that is shown, signed and kept; `gathering` makes it from what was
  entered; `rules` says what it lacks; `versions` keeps its bytes; `sealing` is what the last
  signature brings about.
"""
