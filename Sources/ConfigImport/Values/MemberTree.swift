import ConfigModel

/// Values at paths, put together to an object.
struct MemberTree {
    /// A value and where it is.
    struct Entry {
        let path: MemberPath
        let value: JSONValue
        /// What it is called where it comes from, for messages.
        let name: String
    }

    /// As many levels as a document may have.
    private static let depth = 64

    /// What is wrong, each a sentence.
    private(set) var faults: [String] = []

    /// The object; values that cannot be in it are faults.
    mutating func object(of entries: [Entry]) -> JSONObject {
        var usable: [Entry] = []
        for entry in entries where !entry.path.steps.isEmpty {
            if entry.path.steps.count > Self.depth {
                faults.append("\(entry.name): it has more than \(Self.depth) levels.")
            } else {
                usable.append(entry)
            }
        }
        usable.sort { Self.isBefore($0.path.steps, $1.path.steps) }
        guard case .object(let object) = value(of: usable[...], depth: 0) else { return JSONObject() }
        return object
    }

    /// What lies below one place.
    private mutating func value(of entries: ArraySlice<Entry>, depth: Int) -> JSONValue {
        var members: [(key: String, value: JSONValue)] = []
        var elements: [JSONValue] = []
        var rest = entries
        while let first = rest.first {
            let step = first.path.steps[depth]
            let group = rest.prefix { MemberPath.Step.compare($0.path.steps[depth], step) == 0 }
            rest = rest[group.endIndex...]
            guard let value = member(group, depth: depth) else { continue }
            switch step {
            case .member(let key):
                guard elements.isEmpty else {
                    faults.append("\(first.name): '\(key)' is a member of what has elements too.")
                    continue
                }
                members.append((key, value))
            case .element(let index):
                guard index == elements.count else {
                    faults.append("\(first.name): there is no element \(elements.count) before it.")
                    continue
                }
                elements.append(value)
            }
        }
        guard elements.isEmpty else { return .array(elements) }
        // Groups differ in their keys.
        return .object((try? JSONObject(members)) ?? JSONObject())
    }

    /// What a group is that has one step in common; nil for none.
    private mutating func member(_ group: ArraySlice<Entry>, depth: Int) -> JSONValue? {
        guard let first = group.first else { return nil }
        // The shortest path is the first.
        guard first.path.steps.count == depth + 1 else { return value(of: group, depth: depth + 1) }
        for other in group.dropFirst() {
            faults.append(
                other.path == first.path
                    ? "\(other.name): it is there twice\(other.name == first.name ? "" : ", also as \(first.name)")."
                    : "\(other.name): it lies below \(first.name), which is a value.")
        }
        return first.value
    }

    private static func isBefore(_ left: [MemberPath.Step], _ right: [MemberPath.Step]) -> Bool {
        for (left, right) in zip(left, right) {
            let order = MemberPath.Step.compare(left, right)
            if order != 0 { return order < 0 }
        }
        return left.count < right.count
    }
}
