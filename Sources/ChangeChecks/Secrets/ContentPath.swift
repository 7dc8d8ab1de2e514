import ConfigModel

/// The way from a content to one of its values, noted as positions, so that a step costs nothing until something is found.
struct ContentPath {
    private struct Step {
        let index: Int
        /// Whether the key is a secret itself.
        let isMasked: Bool
    }

    private var steps: [Step] = []

    /// What stands in a pointer for a key that is a secret.
    private static let mask = "***"

    mutating func enter(_ index: Int, masked: Bool = false) { steps.append(Step(index: index, isMasked: masked)) }

    mutating func leave() { steps.removeLast() }

    /// Whether a key on the way is not shown.
    var isMasked: Bool { steps.contains(where: \.isMasked) }

    /// The pointers to all values on the way, the content first.
    func pointers(in content: JSONValue) -> [String] {
        var pointer = JSONPointer()
        var pointers = [pointer.description]
        var value = content
        for step in steps {
            switch value {
            case .object(let object):
                let member = object.members[step.index]
                pointer.tokens.append(step.isMasked ? Self.mask : member.key)
                value = member.value
            case .array(let elements):
                pointer.tokens.append(String(step.index))
                value = elements[step.index]
            default: break
            }
            pointers.append(pointer.description)
        }
        return pointers
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
