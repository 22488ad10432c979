# expect: accepted
def settle_pantry(entries)
  stock = Hash.new(0)
  entries.each do |entry|
    head, name = entry.split(" ", 2)
    amount = head[1..].to_i
    case head[0]
    when "+" then stock[name] += amount
    when "=" then stock[name] = amount
    else stock[name] -= amount if stock[name] >= amount
    end
  end
  stock.select { |_, amount| amount.positive? }
end
