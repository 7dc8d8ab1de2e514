/// A dictionary bounded by the cost of its values, which forgets what was used longest ago. Every operation is O(1).
struct RecencyCache<Key: Hashable, Value> {
    private struct Slot {
        var key: Key
        var value: Value
        var cost: Int
        /// Towards the more recently used.
        var newer: Int
        /// Towards the less recently used.
        var older: Int
    }

    private static var none: Int { -1 }

    private let capacity: Int
    private var slots: [Slot] = []
    private var positions: [Key: Int] = [:]
    private var vacant: [Int] = []
    private var newest = Self.none
    private var oldest = Self.none
    private(set) var cost = 0

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { positions.count }

    /// Looks without counting as a use.
    func peek(_ key: Key) -> Value? { positions[key].map { slots[$0].value } }

    /// Looks, and counts as a use.
    mutating func value(for key: Key) -> Value? {
        guard let position = positions[key] else { return nil }
        if position != newest {
            unlink(position)
            linkAsNewest(position)
        }
        return slots[position].value
    }

    /// Sets a value, counts as a use, and forgets others until the cost is within the capacity.
    mutating func set(_ value: Value, for key: Key, cost: Int) {
        if let position = positions[key] {
            self.cost += cost - slots[position].cost
            slots[position].value = value
            slots[position].cost = cost
            unlink(position)
            linkAsNewest(position)
        } else {
            let slot = Slot(key: key, value: value, cost: cost, newer: Self.none, older: Self.none)
            let position = vacant.popLast() ?? slots.count
            if position == slots.count { slots.append(slot) } else { slots[position] = slot }
            positions[key] = position
            self.cost += cost
            linkAsNewest(position)
        }
        while self.cost > capacity, oldest != newest { remove(slots[oldest].key) }
    }

    mutating func remove(_ key: Key) {
        guard let position = positions.removeValue(forKey: key) else { return }
        cost -= slots[position].cost
        unlink(position)
        vacant.append(position)
    }

    mutating func removeAll() { self = RecencyCache(capacity: capacity) }

    private mutating func unlink(_ position: Int) {
        let slot = slots[position]
        if slot.newer == Self.none { newest = slot.older } else { slots[slot.newer].older = slot.older }
        if slot.older == Self.none { oldest = slot.newer } else { slots[slot.older].newer = slot.newer }
    }

    private mutating func linkAsNewest(_ position: Int) {
        slots[position].newer = Self.none
        slots[position].older = newest
        if newest == Self.none { oldest = position } else { slots[newest].newer = position }
        newest = position
    }
}
