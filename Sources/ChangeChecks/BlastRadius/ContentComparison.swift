import ConfigModel

/// Goes over two contents side by side and notes what the new one does to the values of the old one.
///
/// A leaf is a value that is neither object nor array, or an empty one of these. A leaf is gone when nothing stands in its place.
struct ContentComparison {
    /// The leaves of the old content.
    private(set) var leaves = 0
    /// Those of them that are gone.
    private(set) var gone = 0
    /// The values that are null now, one finding each, as many as an answer shows and one more.
    private(set) var nulled: [CheckFinding] = []
    /// The values that are of another type now.
    private(set) var retyped: [CheckFinding] = []

    private let old: JSONValue
    private var path = ValuePosition()
    private var pointerBytes = 0

    /// One more than an answer shows, so that it can say that there are more; all are let pass by one name.
    private static let mostFindings = 101
    /// Keys can be as long as the content: what points to them is not repeated without bound.
    private static let mostPointerBytes = 256 << 10

    /// Compares a content with the one that it replaces.
    init(_ new: JSONValue, after old: JSONValue) {
        self.old = old
        compare(new, after: old)
    }

    private mutating func compare(_ new: JSONValue, after old: JSONValue) {
        switch (old, new) {
        case (.object(let old), .object(let new)) where !old.isEmpty: compare(new.members, after: old.members)
        case (.array(let old), .array(let new)) where !old.isEmpty: compare(new, after: old)
        default:
            if case .null = new, !old.isNull {
                note(.nulled, \.nulled, "The value becomes null.")
            } else if !old.isNull, !old.hasType(of: new) {
                note(.retyped, \.retyped, "The value was \(old.kind) and becomes \(new.kind).")
            }
            let count = old.leafCount
            leaves += count
            // What an object or an array held has no place any more when something else stands there.
            if old.isFilledContainer { gone += count }
        }
    }

    private mutating func compare(_ new: [JSONMember], after old: [JSONMember]) {
        var next = 0
        for index in old.indices {
            var order = -1
            while next < new.count {
                order = UTF8Order.compare(new[next].key, old[index].key)
                if order >= 0 { break }
                next += 1
            }
            guard next < new.count, order == 0 else {
                loses(old[index].value)
                continue
            }
            path.enter(index)
            compare(new[next].value, after: old[index].value)
            path.leave()
            next += 1
        }
    }

    private mutating func compare(_ new: [JSONValue], after old: [JSONValue]) {
        for index in old.indices {
            guard index < new.count else {
                loses(old[index])
                continue
            }
            path.enter(index)
            compare(new[index], after: old[index])
            path.leave()
        }
    }

    private mutating func loses(_ value: JSONValue) {
        let count = value.leafCount
        leaves += count
        gone += count
    }

    private mutating func note(
        _ rule: BlastRadius.Rule, _ list: WritableKeyPath<Self, [CheckFinding]>, _ message: String
    ) {
        guard self[keyPath: list].count < Self.mostFindings, pointerBytes <= Self.mostPointerBytes else { return }
        let pointer = path.pointer(in: old)
        pointerBytes += pointer.utf8.count
        self[keyPath: list].append(BlastRadius.finding(rule, at: pointer, message))
    }
}

extension JSONValue {
    fileprivate var isNull: Bool {
        if case .null = self { true } else { false }
    }

    fileprivate var isFilledContainer: Bool {
        switch self {
        case .object(let object): !object.isEmpty
        case .array(let elements): !elements.isEmpty
        default: false
        }
    }

    fileprivate func hasType(of other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null), (.bool, .bool), (.number, .number), (.string, .string), (.array, .array),
            (.object, .object):
            true
        default: false
        }
    }

    fileprivate var leafCount: Int {
        switch self {
        case .object(let object) where !object.isEmpty: object.members.reduce(0) { $0 + $1.value.leafCount }
        case .array(let elements) where !elements.isEmpty: elements.reduce(0) { $0 + $1.leafCount }
        default: 1
        }
    }
}
