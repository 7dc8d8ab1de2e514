import ConfigModel
public import RegistryAPI

extension RegistryClient {
    /// What became of one request of many.
    public typealias HeadResult = Result<HeadResponse, RegistryClientError>

    /// The newest versions of some documents: for each request, in their order, what `head(of:...)` returns or throws. A
    /// minimum version that the registry has not reached is not waited for.
    ///
    /// - Parameters:
    ///   - documents: any number; a call holds 256 of them, and each response at least one and about 8 MiB of contents.
    ///   - isFresh: as the registry's store has it after the call came in; what it remembers may be a second old.
    /// - Throws: when the registry could not be reached; what is wrong with one document is in its place.
    public func heads(
        of documents: [DocumentRequest], isFresh: Bool = false
    ) async throws(RegistryClientError) -> [HeadResult] {
        var results: [HeadResult] = []
        results.reserveCapacity(documents.count)
        while results.count < documents.count {
            let rest = documents[results.count...].prefix(APILimits.batch)
            results += try await batch(Array(rest), isFresh: isFresh)
        }
        return results
    }

    /// One call: what is said about the first of the documents, one at least.
    private func batch(
        _ documents: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [HeadResult] {
        let response = try await read(BatchGetRequest(documents, isFresh: isFresh).request)
        let batch = try decoded { () throws(InvalidResponse) in try BatchGetResponse(response.body, to: documents) }
        var results: [HeadResult] = []
        for (document, entry) in zip(documents, batch.documents) {
            results.append(result(entry, to: document, batch.epochStatement))
        }
        return results
    }
}
