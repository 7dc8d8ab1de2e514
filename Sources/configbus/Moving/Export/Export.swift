import ConfigModel
import RegistryAPI
import RegistryClient

/// Which documents are exported.
struct ExportSelection: Sendable {
    /// Only this environment.
    let environment: String?
    /// Only services at this name and below it.
    let prefix: String?

    /// True for a document that is meant.
    func includes(_ key: DocumentKey) -> Bool {
        guard key.isReserved || environment.map({ $0 == key.environment }) ?? true else { return false }
        guard let prefix, key.service != prefix else { return true }
        return key.service.utf8.starts(with: (prefix + ".").utf8)
    }
}

/// Reads the documents of a registry page by page and writes them.
struct Export {
    let client: RegistryClient
    let selection: ExportSelection
    let writer: FileWriter

    private static let page = 500
    private static let schemasUnderWay = 8

    func run(into folder: ExportFolder) async throws -> ExportReport {
        let progress = ProgressLine()
        defer { progress.end() }
        let readable = try await ReadableDocuments.of(client)
        var report = ExportReport(directory: folder.path, readable: readable)
        progress.begin("documents exported")
        var list = ListRequest(prefix: selection.prefix, environment: selection.environment, limit: Self.page)
        repeat {
            let page = try await client.heads(list)
            if list.cursor == nil { try folder.begin(ExportManifest.begun(prefix: selection.prefix)) }
            report.add(page.elements, try folder.write(page.elements.map { ($0.key, $0.content) }, writer))
            report.damaged += page.damaged.keys.sorted().map(\.title)
            progress.advance(by: page.elements.count)
            list.cursor = page.next
        } while list.cursor != nil
        progress.begin("schemas exported")
        try await writeSchemas(into: folder, &report, progress)
        report.leaveFiles(of: folder.tree, selection)
        try folder.finish(
            ExportManifest.json(
                registry: client.url, epoch: try await epoch(report), at: .now, prefix: selection.prefix,
                environment: selection.environment, readable: readable, isComplete: report.damaged.isEmpty,
                documents: report.documents, schemas: report.schemas, earlier: folder.tree?.manifest))
        return report
    }

    private func writeSchemas(
        into folder: ExportFolder, _ report: inout ExportReport, _ progress: ProgressLine
    ) async throws {
        // Schemas are JSON, whatever the documents are.
        let writer = FileWriter(notation: .json, isPretty: writer.isPretty)
        var cursor: String?
        repeat {
            let page = try await client.schemas(prefix: selection.prefix, limit: Self.page, cursor: cursor)
            let served = try await page.elements.concurrentMap(atMost: Self.schemasUnderWay) { summary in
                // One that was deleted meanwhile is none.
                try await client.presentSchema(of: summary.key.service)
            }.compactMap(\.self)
            var schemas: [(key: DocumentKey, content: Content)] = []
            for schema in served {
                let key = try SchemaDocument.key(of: schema.service)
                guard case .object(let object) = schema.document.schema else {
                    report.refuse(key, "it is \(schema.document.schema), and a file of a schema has an object.")
                    continue
                }
                schemas.append((key, Content(object)))
            }
            report.add(served, try folder.write(schemas, writer))
            report.damaged += page.damaged.keys.sorted().map(\.title)
            progress.advance(by: served.count)
            cursor = page.next
        } while cursor != nil
    }

    /// Which history the versions belong to.
    private func epoch(_ report: ExportReport) async throws -> Epoch? {
        guard let key = report.documents.first?.key, case .content(let served) = try await client.head(of: key) else {
            return nil
        }
        return served.epoch
    }
}
