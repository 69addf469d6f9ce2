/**
 * What the addresses in a file are called: the trigger service knows the pods and services of the
 * cluster, so that the node needs no credentials of Kubernetes.
 */
@NullMarked
package io.alertcap.capturer.enrich.names;

import org.jspecify.annotations.NullMarked;
