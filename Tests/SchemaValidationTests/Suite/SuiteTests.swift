import ConfigModel
import RE2Patterns
import SchemaValidation
import TestSupport
import Testing

/// The public JSON-Schema-Test-Suite decides what the three drafts mean.
@Suite(
    .enabled(if: SchemaFiles.isThere, "the package libtest-json-schema-acceptance-perl is not installed"),
    .timeLimit(.minutes(5)))
struct SuiteTests {
    /// What happens to a group of the suite.
    private enum Outcome: Equatable {
        case passed
        case refused(String)
        case failed([String])
    }

    private static func outcome(_ group: SchemaFiles.Group, _ formats: JSONSchema.Formats) throws -> Outcome {
        let schema: JSONSchema
        do throws(SchemaError) {
            schema = try JSONSchema(group.schema, patterns: RE2Patterns(), formats: formats)
        } catch {
            return .refused(error.reason)
        }
        let wrong = try group.cases.filter { try schema.violations(in: $0.document, atMost: 1).isEmpty != $0.isValid }
        return wrong.isEmpty ? .passed : .failed(wrong.map(\.name))
    }

    @Test(arguments: SchemaFiles.drafts.map(\.folder))
    func everyRequiredCaseOfADraftIsDecidedAsTheSuiteSays(folder: String) throws {
        let groups = SchemaFiles.groups(folder)
        #expect(groups.count > 200)
        for group in groups {
            let outcome = try Self.outcome(group, .annotations)
            if SuiteExceptions.remote.contains(group.name) {
                guard case .refused(let reason) = outcome else {
                    Issue.record("\(group.name) needs another document, but is \(outcome)")
                    continue
                }
                let isSaid = reason.contains("another document") || reason.contains("no draft that is known")
                #expect(isSaid, "\(group.name): \(reason)")
            } else {
                #expect(outcome == .passed, "\(group.name)")
            }
        }
    }

    /// Which optional groups do not pass is written in docs/schema-drafts.md.
    @Test(arguments: SchemaFiles.drafts.map(\.folder))
    func optionalGroupsPassButThoseThatAreKnownNotTo(folder: String) throws {
        var failing: Set<String> = []
        for group in SchemaFiles.groups(folder + "/optional") where try Self.outcome(group, .annotations) != .passed {
            failing.insert(group.name)
        }
        #expect(failing == SuiteExceptions.optional.filter { $0.hasPrefix(folder + "/") })
    }

    @Test(arguments: SchemaFiles.drafts.map(\.folder), ["date", "time", "date-time", "ipv4", "ipv6", "uuid"])
    func formatsThatAreCheckedAreDecidedAsTheSuiteSays(folder: String, format: String) throws {
        for group in SchemaFiles.groups(folder + "/optional/format") where group.name.contains("/\(format).json") {
            #expect(try Self.outcome(group, .asserted) == .passed, "\(group.name)")
        }
    }
}
