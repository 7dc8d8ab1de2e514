public import ConfigModel

extension RegistryClient {
    /// The newest versions of many documents, whole.
    public func heads(_ query: HeadsQuery = HeadsQuery()) async throws(RegistryClientError) -> Page<VersionRecord> {
        let response = try await read(listRequest(query, view: nil))
        return Page(
            elements: try records(from: response), next: try nextCursor(of: response),
            damaged: DamagedNames.read(response.header("Config-Damaged")))
    }

    /// The newest versions of many documents, without their contents.
    public func headSummaries(_ query: HeadsQuery = HeadsQuery()) async throws(RegistryClientError) -> Page<HeadSummary>
    {
        let response = try await read(listRequest(query, view: "heads"))
        var summaries: [HeadSummary] = []
        for object in try answers.objects(response.body) {
            summaries.append(try answers.fields { () throws(JSONFieldError) in try HeadSummary(json: object) })
        }
        return Page(
            elements: summaries, next: try nextCursor(of: response),
            damaged: DamagedNames.read(response.header("Config-Damaged")))
    }

    private func listRequest(_ query: HeadsQuery, view: String?) -> RegistryRequest {
        RegistryRequest(
            path: "/api/configs",
            query: [
                ("service_name", query.service), ("prefix", query.prefix), ("environment", query.environment),
                ("deleted", query.includesDeleted ? "true" : nil), ("view", view),
                ("limit", query.limit.map { String($0) }), ("cursor", query.cursor),
            ],
            maximumAnswer: RegistryRequest.listLimit)
    }

    /// The cursor in `Link: <...?cursor=...>; rel="next"` (RFC 8288).
    func nextCursor(of response: RegistryResponse) throws(RegistryClientError) -> String? {
        guard let link = response.header("Link"), link.contains("rel=\"next\"") else { return nil }
        guard let open = link.utf8.firstIndex(of: UInt8(ascii: "<")),
            let close = link.utf8.firstIndex(of: UInt8(ascii: ">")), open < close,
            let question = link.utf8.firstIndex(of: UInt8(ascii: "?")), question < close
        else { throw answers.refusal("a Link header that cannot be read") }
        for parameter in link[link.utf8.index(after: question)..<close].split(separator: "&")
        where parameter.hasPrefix("cursor=") {
            if let cursor = PercentEncoding.decoded(parameter.dropFirst("cursor=".count).utf8) { return cursor }
        }
        throw answers.refusal("a Link header without a cursor")
    }
}
