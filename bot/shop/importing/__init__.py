"""A shop of one's own: a catalogue from a spreadsheet, and what in the files is probably not meant."""
