import NIOHTTP1

extension RegistryClient {
    /// The newest checkpoint of an audit log that the registry keeps; nil when there is none.
    package func anchor(of log: String) async throws(RegistryClientError) -> [UInt8]? {
        let response = try await read(
            RegistryRequest(path: "/api/audit/anchors/\(log)", maximumAnswer: 4_096), accepting: [200, 404])
        return response.status == 200 ? response.body : nil
    }

    /// Gives the registry a checkpoint to keep; doing it again changes nothing.
    ///
    /// - Throws: `.conflict` when what it keeps does not fit: the log was cut off or rewritten.
    package func raiseAnchor(of log: String, to checkpoint: [UInt8]) async throws(RegistryClientError) {
        var request = RegistryRequest(path: "/api/audit/anchors/\(log)", maximumAnswer: 4_096)
        request.method = .PUT
        request.headers = [("Content-Type", "application/json")]
        request.body = checkpoint
        _ = try await read(request)
    }
}
