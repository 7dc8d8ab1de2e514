import ConfigModel
import RE2Patterns
import RegistryAPI
import RegistryClient
import SchemaValidation

/// Schemas of which the registry cannot say, change by change, whether the documents of a plan fit: one that the plan puts in
/// force, and one that is applied to documents merged over each other of which the plan changes several.
struct PlannedSchemas: Sendable {
    private struct Service: Sendable {
        let name: String
        let document: SchemaDocument
        /// The plan puts it in force.
        let isNew: Bool
    }

    private let plan: ChangePlan
    private let services: [Service]
    private let names: Set<String>

    private init(_ plan: ChangePlan, _ services: [Service]) {
        self.plan = plan
        self.services = services
        names = Set(services.map(\.name))
    }

    func covers(_ service: String) -> Bool { names.contains(service) }

    /// Reads what schemas there are of the services of a plan, as far as it matters.
    static func of(_ plan: ChangePlan, _ client: RegistryClient) async throws -> PlannedSchemas {
        var services: [Service] = []
        var undecided: [String] = []
        for (name, steps) in Dictionary(grouping: plan.changing, by: \.key.service) {
            if let document = steps.lazy.compactMap(\.schema).first {
                services.append(Service(name: name, document: document, isNew: true))
            } else if steps.count > 1 || steps.contains(where: \.endsDefault) {
                undecided.append(name)
            }
        }
        for name in try await withSchema(undecided, client) {
            if let present = try await presentSchema(of: name, client), present.checks == .merged {
                services.append(Service(name: name, document: present, isNew: false))
            }
        }
        return PlannedSchemas(plan, services.sorted { $0.name < $1.name })
    }

    /// More services than this are looked for in the list of all schemas.
    private static let namedServices = 16

    /// Those of some services that have a schema, or may have one.
    private static func withSchema(_ services: [String], _ client: RegistryClient) async throws -> [String] {
        guard services.count > namedServices else { return services }
        var found: Set<String> = []
        var cursor: String?
        repeat {
            let page = try await client.schemas(limit: 1_000, cursor: cursor)
            found.formUnion(page.elements.map(\.key.service))
            cursor = page.next
        } while cursor != nil
        return services.filter(found.contains)
    }

    private static func presentSchema(
        of service: String, _ client: RegistryClient
    ) async throws -> SchemaDocument? {
        do {
            return try await client.presentSchema(of: service)?.document
        } catch let error as RegistryClientError where error.code == .forbidden {
            return nil
        }
    }

    /// Checks the documents as they would be after the plan.
    func check(_ overrides: CheckOverrides, _ client: RegistryClient) async throws -> Objections {
        var objections = Objections()
        for service in services {
            let key = try SchemaDocument.key(of: service.name)
            if service.isNew {
                let said = try await judgement(on: service, key, client)
                objections.add(said)
                if !said.problems.isEmpty { continue }
            }
            let found = try await findings(service, key, client)
            objections.findings += found.filter { !overrides.cover($0.finding) }
        }
        return objections
    }

    /// What the registry says of a schema alone.
    private func judgement(
        on service: Service, _ key: DocumentKey, _ client: RegistryClient
    ) async throws -> Objections {
        var objections = Objections()
        do {
            let facts = try await client.checkSchema(
                of: service.name, schema: service.document.schema, checks: service.document.checks)
            objections.warnings = facts.warnings.map { DocumentFinding(key: key, finding: $0) }
        } catch {
            guard error.code == .refused else { throw error }
            objections.problems = [PlanFault(refusing: key, error)]
        }
        return objections
    }

    private func findings(
        _ service: Service, _ schemaKey: DocumentKey, _ client: RegistryClient
    ) async throws -> [DocumentFinding] {
        let schema: JSONSchema
        do {
            schema = try JSONSchema(service.document.schema, patterns: RE2Patterns())
        } catch {
            return [
                DocumentFinding(
                    key: schemaKey, finding: CheckFinding(.schema, rule: "invalid", pointer: "", message: "\(error)"))
            ]
        }
        let steps = plan.changing.filter { $0.key.service == service.name && !$0.key.isReserved }
        let changed = Set(steps.map(\.key))
        let contents = try await contents(of: service.name, after: steps, client)
        let defaultKey = try DocumentKey(service: service.name)
        let base = service.document.checks == .merged ? contents[defaultKey] : nil
        let checksAll = service.isNew || changed.contains(defaultKey)
        var findings: [DocumentFinding] = []
        for (key, content) in contents.sorted(by: { $0.key.environment < $1.key.environment })
        where checksAll || changed.contains(key) {
            let isOwn = changed.contains(key)
            let value = if let base, key != defaultKey { MergePatch.merge(content, into: base) } else { content }
            let override = isOwn || !service.isNew ? "schema" : "schema-breaks"
            for violation in try schema.violations(in: .object(value), atMost: isOwn ? 100 : 5) {
                findings.append(
                    DocumentFinding(
                        key: isOwn ? key : service.isNew ? schemaKey : defaultKey,
                        finding: CheckFinding(
                            .schema, rule: violation.keyword, pointer: violation.pointer, keyword: violation.keyword,
                            schemaPointer: violation.schemaPointer, environment: isOwn ? nil : key.environment,
                            message: violation.message, override: override)))
            }
        }
        return findings
    }

    /// The living documents of a service that the caller may read, as they are after some changes.
    private func contents(
        of service: String, after steps: [PlannedChange], _ client: RegistryClient
    ) async throws -> [DocumentKey: JSONObject] {
        var list = ListRequest(service: service, limit: 500)
        var contents: [DocumentKey: JSONObject] = [:]
        repeat {
            let page = try await client.headSummaries(list)
            for head in try await client.heads(of: page.elements.map { DocumentRequest($0.key) }, isFresh: true) {
                guard case .success(.content(let served)) = head else { continue }
                contents[served.key] = try served.content.object
            }
            list.cursor = page.next
        } while list.cursor != nil
        for step in steps { contents[step.key] = try step.content?.object }
        return contents
    }
}

extension PlannedChange {
    /// The schema that it puts in force.
    fileprivate var schema: SchemaDocument? {
        if case .schema(let document) = wanted.operation { document } else { nil }
    }

    /// It takes away what other documents are merged over.
    fileprivate var endsDefault: Bool { action == .delete && key.environment == DocumentKey.defaultEnvironment }
}
