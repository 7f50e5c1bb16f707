"""The web form's modules that know no page: run with Node and compared with the program."""
