// expect: runtime_error
// What a module exports is looked at in its own realm.
export { nothing as solve };
export default new Proxy(function () {}, {
  apply() {
    throw {
      get stack() {
        throw 1;
      },
    };
  },
});
const nothing = { then: (resolve) => resolve(resolve.constructor.constructor("return process")().exit(0)) };
