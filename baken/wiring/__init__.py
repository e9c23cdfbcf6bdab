"""Where the parts are joined: which store, which sky, which workers, which detectors."""
