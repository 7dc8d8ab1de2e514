import ConfigModel

/// The way from a content to one of its values, noted as positions, so that a step costs nothing until something is found.
struct ValuePosition {
    private struct Step {
        let index: Int
        /// Whether the key is a secret itself.
        let isMasked: Bool
    }

    private var steps: [Step] = []

    mutating func enter(_ index: Int, masked: Bool = false) { steps.append(Step(index: index, isMasked: masked)) }

    mutating func leave() { steps.removeLast() }

    /// Whether a key on the way is not shown.
    var isMasked: Bool { steps.contains(where: \.isMasked) }

    /// The pointer to the value at the end of the way.
    func pointer(in content: JSONValue) -> String { JSONPointer(tokens: tokens(in: content)).description }

    /// The pointers to all values on the way, the content first.
    func pointers(in content: JSONValue) -> [String] {
        let tokens = tokens(in: content)
        return (0...tokens.count).map { JSONPointer(tokens: Array(tokens.prefix($0))).description }
    }

    private func tokens(in content: JSONValue) -> [String] {
        var value = content
        return steps.map { step in
            switch value {
            case .object(let object):
                let member = object.members[step.index]
                value = member.value
                return step.isMasked ? ShownText.mask : member.key
            case .array(let elements):
                value = elements[step.index]
                return String(step.index)
            default: return ""
            }
        }
    }

    /// The value at the end of the way, and what stands at the same place of another content.
    ///
    /// - Parameter other: nil when there is none.
    func values(in content: JSONValue, and other: JSONValue?) -> (JSONValue, JSONValue?) {
        var value = content
        var other = other
        for step in steps {
            switch value {
            case .object(let object):
                let member = object.members[step.index]
                if case .object(let object)? = other { other = object[member.key] } else { other = nil }
                value = member.value
            case .array(let elements):
                if case .array(let elements)? = other, step.index < elements.count {
                    other = elements[step.index]
                } else {
                    other = nil
                }
                value = elements[step.index]
            default: break
            }
        }
        return (value, other)
    }
}
