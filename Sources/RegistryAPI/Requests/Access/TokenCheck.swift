import ConfigModel

/// `POST /api/tokens:check`: whose token a text is.
package struct TokenCheck: Sendable, Equatable {
    /// The text of the token.
    package let token: String

    /// Puts a request together.
    package init(_ token: String) { self.token = token }

    /// Reads a body.
    package init(_ body: [UInt8]) throws(Problem) {
        let hint = #"Send {"token": "..."}."#
        token = try BodyFields(body, known: ["token"], maximumDepth: 1, hint: hint).requiredText("token", hint: hint)
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        var writer = JSONWriter()
        writer.object { $0.member("token", token) }
        var request = RegistryRequest(method: .post, path: APIPath.tokenCheck)
        request.setJSON(writer.bytes)
        return request
    }
}

extension TokenCheck: CustomStringConvertible {
    /// Never the token.
    package var description: String { "TokenCheck" }
}
