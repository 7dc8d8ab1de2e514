import ConfigModel
import ConfigRegistry
import HTTPTypes
import NIOCore
import RegistryAPI

/// The response to `GET ?overlay=true`: the environment's document merged over the default one (RFC 7396), as a watcher
/// with overlay sees it.
struct OverlayResponse: Sendable {
    let registry: any RegistryReads
    let work: ContentWork
    let channel: any Channel

    func answer(_ key: DocumentKey, _ options: HeadOptions, _ condition: ReadCondition) async throws
        -> PreencodedResponse
    {
        let own = try await registry.head(of: key, options)
        let isDefault = key.environment == DocumentKey.defaultEnvironment
        let base = isDefault ? nil : try await registry.head(of: DocumentKey(service: key.service), HeadOptions())
        guard let newest = own ?? base else { throw RegistryError.unknownDocument(key) }
        let living = [base, own].compactMap { $0 }.filter { !$0.record.isTombstone }
        guard let last = living.last else { throw Problem(.deletedDocument(newest.record), epoch: newest.epoch) }

        let version = own.flatMap { $0.record.isTombstone ? nil : $0.record.version } ?? 0
        let baseVersion = base.flatMap { $0.record.isTombstone ? nil : $0.record.version } ?? 0
        let etag = "\"\(newest.epoch.number).\(version).\(baseVersion)\""
        var fields = HTTPFields()
        fields[.eTag] = etag
        fields[.configVersion] = String(version)
        fields[.configDefaultVersion] = String(isDefault ? version : baseVersion)
        fields[.configEpoch] = newest.epoch.description
        fields[.configEpochSignature] = registry.statement(about: newest.epoch)?.headerValue
        let content =
            living.count == 2
            ? try await merged(living[1].record.content, over: living[0].record.content)
            : last.record.content
        // A 304 says it too: a reader can have another content under the same tag.
        fields[.configHash] = content.hash
        fields[.lastModified] = HTTPDate(living.map(\.record.createdAt).max() ?? last.record.createdAt).description
        if condition.matches(etag, isLiving: true) { return HeadResponses.notModified(fields) }
        return HeadResponses.content(content, fields)
    }

    private func merged(_ patch: Content, over target: Content) async throws -> Content {
        try await work.forRequest(on: channel).run(patch.bytes.count + target.bytes.count) { budget in
            do {
                return Content(try MergePatch.merge(patch.object, into: target.object, budget: &budget))
            } catch let limit as WorkLimit {
                throw RegistryError(limit, instead: "read both documents and merge them yourself.")
            }
        }
    }
}
