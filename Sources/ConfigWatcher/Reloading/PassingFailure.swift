/// A failure whose cause passes by itself, such as a full disk: a version that a handler refused with it is tried again.
package protocol TransientFailure: Error {}
