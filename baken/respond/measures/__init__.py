"""The toolbox: a catalogue of measures that lawyers edit, and what a case supports of it."""
