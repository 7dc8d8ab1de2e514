import ArgumentParser
import ConfigModel
import RegistryAPI
import RegistryClient

/// What several changes come to on the newest versions of their documents: shown before they are made, and made as it is
/// shown.
struct ChangePlan: Sendable {
    /// In the order in which they were asked for.
    let steps: [PlannedChange]

    /// Those that make a version.
    var changing: [PlannedChange] { steps.filter { $0.action != .unchanged } }

    /// Reads the newest versions and compares.
    ///
    /// - Parameters:
    ///   - wanted: each document once.
    ///   - isForced: content that is there already makes a version too.
    /// - Throws: `CommandFailure` that names every change that makes no sense on what is there.
    static func make(
        _ wanted: [WantedChange], isForced: Bool = false, _ client: RegistryClient
    ) async throws -> ChangePlan {
        let heads = try await client.heads(of: wanted.map { DocumentRequest($0.key) }, isFresh: true)
        var steps: [PlannedChange] = []
        var faults: [String] = []
        for (change, head) in zip(wanted, heads) {
            do {
                steps.append(try await PlannedChange(change, on: head.get(), isForced: isForced, client))
            } catch let failure as CommandFailure where failure.exitCode == .refused {
                faults.append("\(change.key): \(failure.description)")
            } catch let error as RegistryClientError where error.code == .notFound {
                faults.append("\(change.key): \(error.message)")
            }
        }
        guard faults.isEmpty else {
            throw CommandFailure.refused("Nothing was changed: \(Count.text(faults.count, "change")) cannot be made.")
                .with(faults)
        }
        return ChangePlan(steps: steps)
    }
}

/// What one change comes to.
struct PlannedChange: Sendable {
    /// What it does to the document, and the word for programs.
    enum Action: String, Sendable {
        case create, update, delete, unchanged
    }

    let wanted: WantedChange
    let action: Action
    /// The newest version, a deletion too; nil when there is none.
    let version: Int64?
    /// The ETag of the living one.
    let etag: String?
    /// What the document has afterwards; nil for a deletion.
    let content: Content?
    /// The places that differ.
    let changes: [ContentChange]

    var key: DocumentKey { wanted.key }
}

extension PlannedChange {
    /// - Throws: `CommandFailure` when the change makes no sense on what is there.
    init(
        _ wanted: WantedChange, on head: HeadResponse, isForced: Bool, _ client: RegistryClient
    ) async throws {
        self.wanted = wanted
        let living: ServedContent?
        switch head {
        case .content(let served): (living, version) = (served, served.version)
        case .deleted(let tombstone): (living, version) = (nil, tombstone.version)
        case .unknown, .notModified: (living, version) = (nil, nil)
        }
        etag = living?.etag
        content = try await Self.content(wanted, on: living, client)
        let old = try living?.content.object ?? JSONObject()
        switch (living, content) {
        case (nil, nil):
            throw CommandFailure.refused("there is no such document to delete.")
        case (nil, let content?):
            action = .create
            changes = ContentChange.all(from: old, to: try content.object)
        case (_?, nil):
            action = .delete
            changes = []
        case (let living?, let content?):
            let isUnchanged = living.content == content && !isForced
            action = isUnchanged ? .unchanged : .update
            changes = isUnchanged ? [] : ContentChange.all(from: old, to: try content.object)
        }
    }

    private static func content(
        _ wanted: WantedChange, on living: ServedContent?, _ client: RegistryClient
    ) async throws -> Content? {
        switch wanted.operation {
        case .content(let content): return content
        case .delete: return nil
        case .restore(let version): return try await client.content(ofVersion: version, of: wanted.key).content
        case .edit(let edit):
            guard let living else { throw CommandFailure.refused("there is no such document to change.") }
            return Content(try edit(living.content.object))
        case .patch(let patch):
            guard let living else { throw CommandFailure.refused("there is no such document to patch.") }
            return try patched(living.content.object, with: patch)
        }
    }

    private static func patched(_ object: JSONObject, with patch: DocumentPatch) throws -> Content {
        switch patch {
        case .merge(let patch): return Content(MergePatch.merge(patch, into: object))
        case .operations(let operations):
            do {
                var budget = WorkBudget(.max)
                let patch = try JSONPatch(json: .array(operations))
                let limits = ContentNotation.limits
                guard case .object(let object) = try patch.apply(to: .object(object), limits: limits, budget: &budget)
                else {
                    throw CommandFailure.refused("the patch makes of the document something that is no object.")
                }
                return Content(object)
            } catch let error as JSONPatchError {
                throw CommandFailure.refused("\(error)")
            }
        }
    }
}
