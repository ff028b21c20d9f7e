"""The handover book: every handover of the past (`screen`), one as it was signed (`signed`)."""
