import RegistryAPI

extension RegistryClient {
    /// The newest checkpoint of an audit log that the registry keeps; nil when there is none.
    package func anchor(of log: String) async throws(RegistryClientError) -> [UInt8]? {
        let response = try await read(AnchorRequest.get(log), accepting: [200, 404])
        return response.status == 200 ? response.body : nil
    }

    /// Gives the registry a checkpoint to keep; doing it again changes nothing.
    ///
    /// - Throws: `.conflict` when what it keeps does not fit: the log was cut off or rewritten.
    package func raiseAnchor(of log: String, to checkpoint: [UInt8]) async throws(RegistryClientError) {
        _ = try await read(AnchorRequest.put(log, checkpoint))
    }
}
