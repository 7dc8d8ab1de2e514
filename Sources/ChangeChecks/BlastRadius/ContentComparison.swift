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

    private var path: [PathStep] = []

    /// One more than an answer shows, so that it can say that there are more; all are let pass by one name.
    private static let mostFindings = 101

    private enum PathStep {
        case key(String)
        case index(Int)
    }

    mutating func compare(_ new: JSONValue, after old: JSONValue) {
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
        var index = 0
        for member in old {
            while index < new.count, UTF8Order.isLess(new[index].key, member.key) { index += 1 }
            guard index < new.count, UTF8Order.areEqual(new[index].key, member.key) else {
                loses(member.value)
                continue
            }
            path.append(.key(member.key))
            compare(new[index].value, after: member.value)
            path.removeLast()
        }
    }

    private mutating func compare(_ new: [JSONValue], after old: [JSONValue]) {
        for (index, value) in old.enumerated() {
            guard index < new.count else {
                loses(value)
                continue
            }
            path.append(.index(index))
            compare(new[index], after: value)
            path.removeLast()
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
        guard self[keyPath: list].count < Self.mostFindings else { return }
        let tokens = path.map { step in
            switch step {
            case .key(let key): key
            case .index(let index): String(index)
            }
        }
        self[keyPath: list].append(
            BlastRadius.finding(rule, at: JSONPointer(tokens: tokens).description, message))
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
