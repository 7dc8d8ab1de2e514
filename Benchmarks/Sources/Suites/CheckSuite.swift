import ChangeChecks
import ConfigModel

extension Sample {
    /// What looks at each version before it is signed.
    var checks: [Benchmark] {
        let (new, old) = (JSONValue.object(changedObject), JSONValue.object(object))
        let (newBytes, oldBytes) = (changed.bytes.count, content.bytes.count)
        return [
            Benchmark("check for secrets, \(name)", bytes: newBytes) {
                SecretCheck.report(
                    content: new, comment: "a change", author: "ada", head: old, notSecret: [])
            },
            Benchmark("check of the blast radius, \(name)", bytes: newBytes) {
                BlastRadius.report(of: new, bytes: newBytes, after: old, bytes: oldBytes)
            },
        ]
    }
}
