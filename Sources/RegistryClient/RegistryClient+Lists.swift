public import ConfigModel
public import RegistryAPI

extension RegistryClient {
    /// The newest versions of many documents, whole.
    ///
    /// - Parameter list: which documents, and where the page begins.
    public func heads(_ list: ListRequest = ListRequest()) async throws(RegistryClientError) -> Page<VersionRecord> {
        try await page(list, hasContents: true) { body throws(InvalidResponse) in try RecordList.read(body) }
    }

    /// The newest versions of many documents, without their contents.
    ///
    /// - Parameter list: which documents, and where the page begins.
    public func headSummaries(
        _ list: ListRequest = ListRequest()
    ) async throws(RegistryClientError) -> Page<HeadSummary> {
        try await page(list, hasContents: false) { body throws(InvalidResponse) in try HeadSummary.list(body) }
    }

    private func page<Element>(
        _ list: ListRequest, hasContents: Bool, _ elements: ([UInt8]) throws(InvalidResponse) -> [Element]
    ) async throws(RegistryClientError) -> Page<Element> {
        var list = list
        list.hasContents = hasContents
        let response = try await read(list.request)
        return Page(
            elements: try decoded { () throws(InvalidResponse) in try elements(response.body) },
            next: try nextCursor(of: response), damaged: DamagedNames(response.header(.configDamaged)).named)
    }

    func nextCursor(of response: RegistryResponse) throws(RegistryClientError) -> String? {
        do {
            return try PageLink.cursor(response.header(.link))
        } catch {
            switch error {
            case .unreadable: throw refusal("a Link header that cannot be read")
            case .noCursor: throw refusal("a Link header without a cursor")
            }
        }
    }
}
