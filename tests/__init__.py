"""The tests, mirroring the code: tests/words for portal/words, tests/branches for branches; tests/house holds the rules of the house."""
