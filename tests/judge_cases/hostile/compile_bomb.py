# expect: compile_error memory_limit time_limit runtime_error
x = ((((((((((((((((((((1,) * 1000,) * 1000,) * 1000,) * 1000,) * 1000,) * 1000,) * 1000,) * 1000,) * 1000),),),),),),),),),),)
[
