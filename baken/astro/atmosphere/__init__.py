"""How dense the air is where satellites fly and fall: one model a module, density in kg/m3."""
