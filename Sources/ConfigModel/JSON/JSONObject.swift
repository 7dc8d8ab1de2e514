/// A JSON object: members sorted by the UTF-8 bytes of their keys, every key once.
public struct JSONObject: Sendable, Hashable {
    /// Sorted by key, no key twice.
    package private(set) var members: [JSONMember]

    /// An object without members.
    public init() { members = [] }

    /// Takes members that are known to be sorted and unique.
    init(sorted members: [JSONMember]) { self.members = members }

    /// Takes members in any order.
    ///
    /// - Throws: `DuplicateKey` when a key occurs twice.
    public init(_ members: [(key: String, value: JSONValue)]) throws(DuplicateKey) {
        let sorted = members.map { JSONMember(key: $0.key, value: $0.value) }.sorted {
            UTF8Order.isLess($0.key, $1.key)
        }
        for (left, right) in zip(sorted, sorted.dropFirst()) where UTF8Order.areEqual(left.key, right.key) {
            throw DuplicateKey(key: left.key)
        }
        self.members = sorted
    }

    /// The value of a member; assigning nil removes it.
    public subscript(key: String) -> JSONValue? {
        get {
            let place = place(of: key)
            return place.exists ? members[place.index].value : nil
        }
        set {
            let place = place(of: key)
            switch (newValue, place.exists) {
            case (let value?, true): members[place.index].value = value
            case (let value?, false): members.insert(JSONMember(key: key, value: value), at: place.index)
            case (nil, true): members.remove(at: place.index)
            case (nil, false): break
            }
        }
    }

    /// The keys in order.
    public var keys: [String] { members.map(\.key) }

    /// How many members there are.
    public var count: Int { members.count }

    /// True for `{}`.
    public var isEmpty: Bool { members.isEmpty }

    /// The place of a member among `members`.
    package func index(of key: String) -> Int? {
        let place = place(of: key)
        return place.exists ? place.index : nil
    }

    /// Where a key is, or where it would have to go: a binary search by bytes.
    private func place(of key: String) -> (index: Int, exists: Bool) {
        var low = 0
        var high = members.count
        while low < high {
            let middle = low + (high - low) / 2
            let order = UTF8Order.compare(members[middle].key, key)
            if order == 0 { return (middle, true) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return (low, false)
    }
}

extension JSONObject: Sequence {
    /// Iterates over the members in the order of their keys.
    public func makeIterator() -> AnyIterator<(key: String, value: JSONValue)> {
        var iterator = members.makeIterator()
        return AnyIterator { iterator.next().map { ($0.key, $0.value) } }
    }
}

/// One member of an object.
package struct JSONMember: Sendable, Hashable {
    /// The key, unescaped.
    package let key: String
    /// The value.
    package var value: JSONValue

    /// Compares by bytes.
    package static func == (left: JSONMember, right: JSONMember) -> Bool {
        UTF8Order.areEqual(left.key, right.key) && left.value == right.value
    }

    /// Hashes by bytes.
    package func hash(into hasher: inout Hasher) {
        UTF8Order.hash(key, into: &hasher)
        hasher.combine(value)
    }
}

/// A key that occurs twice in one object.
public struct DuplicateKey: Error, CustomStringConvertible {
    /// The key.
    public let key: String

    /// One sentence.
    public var description: String { "The key \(JSONValue.string(key)) occurs twice in one object." }
}
