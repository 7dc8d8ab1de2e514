import ConfigModel

/// A token that was just made: the only response that has its text.
package struct IssuedToken: Sendable, Equatable {
    /// What the registry keeps of it.
    package let facts: TokenFacts
    /// The whole text, the secret included.
    package let secretText: String

    /// Puts both together.
    package init(_ facts: TokenFacts, secretText: String) {
        self.facts = facts
        self.secretText = secretText
    }
}

extension IssuedToken {
    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in
            IssuedToken(try TokenFacts(json: object), secretText: try object.string("token"))
        }
    }

    /// The body.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 640)
        writer.object { body in
            body.member("token", secretText)
            facts.write(to: &body)
        }
        return writer.bytes
    }
}

extension IssuedToken: CustomStringConvertible, CustomDebugStringConvertible {
    /// Never the text.
    package var description: String { "token \(facts.id)" }
    /// Never the text.
    package var debugDescription: String { description }
}
