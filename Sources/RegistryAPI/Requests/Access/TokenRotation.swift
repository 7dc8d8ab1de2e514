import ConfigModel

/// `POST /api/tokens/{id}/rotate`: a token with the same name and grants, in the place of one that ends soon.
package struct TokenRotation: Sendable, Equatable {
    /// The identifier of the token that ends.
    package let id: String
    /// For how long the old one still counts, in whole seconds; nil leaves it to the registry.
    package let grace: Duration?

    /// Puts a request together.
    package init(_ id: String, grace: Duration? = nil) {
        self.id = id
        self.grace = grace
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - id: as the path has it.
    ///   - body: the body; an empty one leaves everything to the registry.
    package init(id: Substring, body: [UInt8]) throws(Problem) {
        self.id = try AccessID.read(id)
        guard !body.isEmpty else {
            grace = nil
            return
        }
        let fields = try BodyFields(body, known: ["grace"], maximumDepth: 1, hint: #"Send {"grace": "1h"}."#)
        grace = try fields.duration("grace", atLeast: .zero)
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        var writer = JSONWriter()
        writer.object { $0.member("grace", grace?.components.seconds) }
        var request = RegistryRequest(method: .post, path: APIPath.tokenRotation(of: id))
        request.setJSON(writer.bytes)
        return request
    }
}
