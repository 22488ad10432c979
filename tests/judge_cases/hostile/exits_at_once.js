// expect: runtime_error
process.exit(0);
