# expect: accepted
class Valley
  Village = Struct.new(:ways, :entered, :lowest, :size)

  def initialize(villages, roads)
    @villages = Array.new(villages) { Village.new([], nil, nil, 1) }
    @weights = [0] * roads.size
    roads.each_with_index do |(a, b), road|
      @villages[a].ways << [@villages[b], road]
      @villages[b].ways << [@villages[a], road]
    end
  end

  def weights
    @villages.each do |village|
      next if village.entered

      @bridges = []
      @order = -1
      visit(village, nil)
      @bridges.each { |road, cut_off| @weights[road] = cut_off * (village.size - cut_off) }
    end
    @weights
  end

  private

  def visit(village, came_by)
    village.entered = village.lowest = (@order += 1)
    village.ways.each do |other, road|
      next if road == came_by

      if other.entered
        village.lowest = [village.lowest, other.entered].min
      else
        visit(other, road)
        village.size += other.size
        village.lowest = [village.lowest, other.lowest].min
        @bridges << [road, other.size] if other.lowest > village.entered
      end
    end
  end
end

def pairs_cut(villages, roads)
  Valley.new(villages, roads).weights
end
