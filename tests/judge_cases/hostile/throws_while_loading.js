// expect: runtime_error kind: start
const error = {
  get stack() {
    throw error;
  },
  get message() {
    throw error;
  },
  toString() {
    throw error;
  },
};
throw error;
