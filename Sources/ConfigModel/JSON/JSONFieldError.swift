/// A field of a JSON object that is missing, unknown or of the wrong type.
package struct JSONFieldError: Error, Sendable, Equatable {
    /// What is wrong with a field.
    package enum Problem: Sendable, Equatable {
        case missing(expected: String)
        case wrongType(expected: String, found: String)
        case invalid(String)
        case unknown(known: [String])
    }

    /// The field's name.
    package let field: String
    /// What is wrong with it.
    package let problem: Problem

    /// Names a field and what is wrong with it.
    package init(field: String, problem: Problem) {
        self.field = field
        self.problem = problem
    }
}

extension JSONFieldError: CustomStringConvertible {
    /// One sentence that names the field.
    package var description: String {
        let name = JSONValue.string(field)
        return switch problem {
        case .missing(let expected): "The field \(name) is missing; it must be \(expected)."
        case .wrongType(let expected, let found): "The field \(name) must be \(expected), not \(found)."
        case .invalid(let reason): "The field \(name) is not valid: \(reason)"
        case .unknown(let known):
            "The field \(name) is unknown here; known are \(known.sorted().joined(separator: ", "))."
        }
    }
}
