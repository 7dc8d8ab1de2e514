/// A dictionary bounded by the cost of its values, which evicts the least recently used. Every operation is O(1).
package struct LRUCache<Key: Hashable, Value> {
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
    /// What all values cost together.
    package private(set) var cost = 0

    /// - Parameter capacity: the most that all values may cost together; a single value may cost more.
    package init(capacity: Int) { self.capacity = capacity }

    /// How many values there are.
    package var count: Int { positions.count }

    /// Looks without counting as a use.
    package func peek(_ key: Key) -> Value? { positions[key].map { slots[$0].value } }

    /// Looks, and counts as a use.
    package mutating func value(for key: Key) -> Value? {
        guard let position = positions[key] else { return nil }
        if position != newest {
            unlink(position)
            linkAsNewest(position)
        }
        return slots[position].value
    }

    /// Sets a value, counts as a use, and evicts others until the cost is within the capacity.
    package mutating func set(_ value: Value, for key: Key, cost: Int) {
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

    /// Removes a value.
    package mutating func remove(_ key: Key) {
        guard let position = positions.removeValue(forKey: key) else { return }
        cost -= slots[position].cost
        unlink(position)
        vacant.append(position)
    }

    /// Removes all values.
    package mutating func removeAll() { self = LRUCache(capacity: capacity) }

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
