// expect: runtime_error kind: start
process.exit(0);
