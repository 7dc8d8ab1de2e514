import ConfigModel

/// Names between two bounds in byte order.
struct NameRange: Equatable {
    /// The first name in it.
    let from: String
    /// The first name behind it; nil when it has no end.
    let end: String?

    /// Every name.
    static let all = NameRange(from: "", end: nil)
    /// The names of environments that are not reserved: the mark comes behind every character of a name.
    static let unreserved = NameRange(from: "", end: DocumentKey.reservedMark)

    private init(from: String, end: String?) {
        self.from = from
        self.end = end
    }

    /// One name. No string lies between a name and the same with U+0000 behind it.
    init(only name: String) { self.init(from: name, end: name + "\0") }

    /// The names behind one.
    init(after name: String) { self.init(from: name + "\0", end: nil) }

    /// A name and what lies below it by whole dot-separated segments.
    static func segments(_ prefix: String) -> [NameRange] {
        // "/" comes right behind "." and is in no name.
        [NameRange(only: prefix), NameRange(from: prefix + ".", end: prefix + "/")]
    }

    /// Nil when nothing is in both.
    func intersection(_ other: NameRange) -> NameRange? {
        let from = Self.precedes(from, other.from) ? other.from : from
        let end = [end, other.end].compactMap(\.self).min(by: Self.precedes)
        if let end, !Self.precedes(from, end) { return nil }
        return NameRange(from: from, end: end)
    }

    var condition: BSONValue {
        end.map { ["$gte": .string(from), "$lt": .string($0)] } ?? ["$gte": .string(from)]
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
