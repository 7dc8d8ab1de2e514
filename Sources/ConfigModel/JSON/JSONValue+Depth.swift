extension JSONValue {
    /// True when no container is nested deeper than `limit` levels; the value itself, if it is one, is level 1.
    package func isWithin(depth limit: Int) -> Bool {
        switch self {
        case .array(let elements): limit > 0 && elements.allSatisfy { $0.isWithin(depth: limit - 1) }
        case .object(let object): limit > 0 && object.members.allSatisfy { $0.value.isWithin(depth: limit - 1) }
        default: true
        }
    }

    /// The length of the canonical form, or nil as soon as it is known to be above `limit`.
    package func canonicalLength(upTo limit: Int) -> Int? {
        var length = 0
        return addLength(to: &length, limit: limit) ? length : nil
    }

    private func addLength(to length: inout Int, limit: Int) -> Bool {
        switch self {
        case .null: length += 4
        case .bool(let value): length += value ? 4 : 5
        case .number(let number): length += number.text.utf8.count
        case .string(let text): length += JSONText.length(of: text)
        case .array(let elements):
            length += 2 + max(0, elements.count - 1)
            for element in elements where !element.addLength(to: &length, limit: limit) { return false }
        case .object(let object):
            length += 2 + max(0, object.count - 1)
            for member in object.members {
                length += JSONText.length(of: member.key) + 1
                guard member.value.addLength(to: &length, limit: limit) else { return false }
            }
        }
        return length <= limit
    }
}
