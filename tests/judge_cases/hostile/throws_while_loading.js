// expect: runtime_error
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
