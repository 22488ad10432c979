# expect: wrong_answer
# says: value is 12, expected 22
def founders_finish(cast, streak, rest, bells)
  (0..4 * 10**15).bsearch do |minute|
    done = cast.zip(streak, rest).sum do |each, row, pause|
      cycles, left = minute.divmod(each * row + pause)
      cycles * row + left / each
    end
    done >= bells
  end
end
