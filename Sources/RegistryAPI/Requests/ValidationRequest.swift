package import ConfigModel

/// `POST .../validate`: a change that is judged and not made.
package struct ValidationRequest: Sendable {
    /// The change as a write; one that makes content.
    private let write: WriteRequest

    /// Asks about a content.
    package init(_ content: Content, _ key: DocumentKey, _ options: WriteOptions) {
        write = WriteRequest(.update(content), key, options)
    }

    /// Asks about a patch.
    package init(_ patch: DocumentPatch, _ key: DocumentKey, _ options: WriteOptions) {
        write = WriteRequest(.patch(patch), key, options)
    }

    /// The request as HTTP has it: as the write's, at another path.
    package var request: RegistryRequest {
        var request = write.request
        request.method = .post
        request.path = APIPath.validation(of: write.key)
        request.headers.removeAll { $0.name == .prefer || $0.name == .correlationID }
        request.maximumResponse = APILimits.listResponse
        return request
    }
}
