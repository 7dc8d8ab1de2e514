package import ConfigModel

/// One document of a change set as a body describes it: a change, or all that is wrong with it.
package struct ChangeSetEntry: Sendable {
    /// Which document; nil when it is not named as it must be.
    package let key: DocumentKey?
    /// The change; nil exactly when there are problems.
    package private(set) var change: DocumentChange?
    /// Everything that is wrong with it.
    package private(set) var problems: [Problem]

    private typealias Field = DocumentChange.Field

    /// Reads one entry of the list.
    init(_ entry: JSONValue, at index: Int, limits: ContentLimits) {
        var findings = EntryFindings(place: [ChangeSetBody.documentsField, String(index)])
        guard case .object(let object) = entry else {
            findings.add(.invalidField, "A document of a change set must be an object, not \(entry.kind).")
            (key, change, problems) = (nil, nil, findings.problems)
            return
        }
        for name in object.keys where !Field.all.contains(where: { UTF8Order.areEqual($0, name) }) {
            findings.add(JSONFieldError(field: name, problem: .unknown(known: Field.all)))
        }
        key = Self.key(object, &findings)
        let operation = Self.operation(object, limits, &findings)
        let expected = Self.expected(object, &findings)
        problems = findings.problems
        guard problems.isEmpty, let key, let operation else {
            change = nil
            return
        }
        change = DocumentChange(operation, of: key, expected: expected)
    }

    /// Adds what is wrong with it, beside what was found before.
    mutating func refuse(_ problem: Problem) {
        change = nil
        problems.append(problem)
    }

    private static func key(_ object: JSONObject, _ findings: inout EntryFindings) -> DocumentKey? {
        if object[Field.schema] != nil { return schemaKey(object, &findings) }
        return findings.value { () throws(JSONFieldError) in
            (
                service: try object.string(Field.service),
                environment: try object.optionalString(Field.environment) ?? DocumentKey.defaultEnvironment
            )
        }.flatMap { names in
            do throws(InvalidName) {
                return try DocumentKey(service: names.service, environment: names.environment)
            } catch {
                findings.add(
                    .invalidName, error.description,
                    at: error.kind == NameRule.service.kind ? Field.service : Field.environment)
                return nil
            }
        }
    }

    /// A schema is one for all environments.
    private static func schemaKey(_ object: JSONObject, _ findings: inout EntryFindings) -> DocumentKey? {
        if object[Field.environment] != nil {
            findings.add(
                .invalidField, "A schema is one for all environments; leave environment out.", at: Field.environment)
        }
        let service = findings.value { () throws(JSONFieldError) in try object.string(Field.service) }
        return service.flatMap { service in
            do throws(InvalidName) {
                return try SchemaDocument.key(of: service)
            } catch {
                findings.add(.invalidName, error.description, at: Field.service)
                return nil
            }
        }
    }

    private static func schema(
        _ schema: JSONValue, _ object: JSONObject, _ findings: inout EntryFindings
    ) -> DocumentChange.Operation? {
        findings.value { () throws(JSONFieldError) in
            guard let name = try object.optionalString(Field.checks) else { return SchemaDocument(schema: schema) }
            guard let checks = SchemaDocument.Checks(rawValue: name) else {
                throw JSONFieldError(
                    field: Field.checks,
                    problem: .invalid(
                        "it is 'each' (every document alone) or 'merged' (over the default environment's)."))
            }
            return SchemaDocument(schema: schema, checks: checks)
        }.map { .schema($0) }
    }

    /// The one thing that is done.
    private static func operation(
        _ object: JSONObject, _ limits: ContentLimits, _ findings: inout EntryFindings
    ) -> DocumentChange.Operation? {
        let given = Field.operations.filter { object[$0] != nil }
        guard let field = given.first, given.count == 1, let value = object[field] else {
            let choice = Field.operations.joined(separator: ", ")
            if given.isEmpty {
                findings.add(.missingContent, "A document of a change set needs one of \(choice).")
            } else {
                findings.add(
                    .invalidField,
                    "A document of a change set has exactly one of \(choice), not \(given.joined(separator: " and ")).")
            }
            return nil
        }
        if field == Field.schema { return schema(value, object, &findings) }
        if let checks = object[Field.checks], checks != .null {
            findings.add(.invalidField, "checks belongs to a schema; leave it out.", at: Field.checks)
        }
        switch (field, value) {
        case (Field.content, .object(let content)):
            do throws(ContentError) {
                return .publish(try Content(content, limits: limits))
            } catch {
                findings.add(error, at: field)
                return nil
            }
        case (Field.content, _): findings.add(ContentError.notAnObject(found: value.kind), at: field)
        case (Field.patch, .array(let operations)): return .patch(.operations(operations))
        case (Field.mergePatch, .object(let patch)): return .patch(.merge(patch))
        case (Field.restoreVersion, .number(let number)):
            if let version = number.int64, version >= 1 { return .restore(version: version) }
            findings.add(JSONFieldError(field: field, problem: .invalid("it must be an integer from 1.")))
        case (Field.delete, .bool(true)): return .delete
        case (Field.delete, .bool(false)):
            findings.add(
                JSONFieldError(field: field, problem: .invalid("it can only be true; leave it out otherwise.")))
        default:
            findings.add(
                JSONFieldError(field: field, problem: .wrongType(expected: expectedKind(of: field), found: value.kind)))
        }
        return nil
    }

    private static func expectedKind(of field: String) -> String {
        switch field {
        case Field.patch: "an array of operations (RFC 6902)"
        case Field.mergePatch: "an object (RFC 7396)"
        case Field.restoreVersion: "an integer"
        default: "true"
        }
    }

    private static func expected(_ object: JSONObject, _ findings: inout EntryFindings) -> ExpectedVersion? {
        let version =
            findings.value { () throws(JSONFieldError) in
                let version = try object.optionalInt64(Field.expectedVersion)
                if let version, version < 0 {
                    throw JSONFieldError(
                        field: Field.expectedVersion, problem: .invalid("it must be an integer from 0."))
                }
                return version
            } ?? nil
        let etag =
            findings.value { () throws(JSONFieldError) in
                let etag = try object.optionalString(Field.ifMatch)
                if let etag, EntityTag(parsing: etag) == nil {
                    throw JSONFieldError(
                        field: Field.ifMatch,
                        problem: .invalid(
                            "it must be the one ETag that you got with the version you saw, for example \"1.7\" with its quotes."
                        ))
                }
                return etag
            } ?? nil
        if version != nil, etag != nil {
            findings.add(.invalidField, "Say once which version you expect: expected_version or if_match.")
        }
        return version.map { .version($0) } ?? etag.map { .etag($0) }
    }
}

/// What is wrong with an entry, collected with the place where it is.
private struct EntryFindings {
    let place: [String]
    private(set) var problems: [Problem] = []

    init(place: [String]) { self.place = place }

    mutating func add(_ type: ProblemType, _ detail: String, at field: String? = nil) {
        problems.append(
            Problem(type, detail).with(
                "pointer", JSONPointer(tokens: place + (field.map { [$0] } ?? [])).description))
    }

    mutating func add(_ error: JSONFieldError) { problems.append(Problem(error, in: place)) }

    /// The pointer of a content error begins at the content.
    mutating func add(_ error: ContentError, at field: String) {
        let problem = Problem(error)
        let field = JSONPointer(tokens: place + [field]).description
        problems.append(problem.with("pointer", field + (problem.pointer ?? "")))
    }

    mutating func value<Value>(_ read: () throws(JSONFieldError) -> Value) -> Value? {
        do throws(JSONFieldError) {
            return try read()
        } catch {
            add(error)
            return nil
        }
    }
}
