"""Tests of the web form's modules, run with Node."""
